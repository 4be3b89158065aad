import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { portalQuery } from '@/api/queries.ts';
import { Door } from '@/features/session/Door.tsx';
import { useSignIn } from '@/features/session/session.ts';
import { signInError } from '@/features/session/signInError.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { localPath } from '@/lib/paths.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';

/** E-mail and password; says whose portal it is as far as that is known. */
export function SignInPage() {
  const search = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const portal = useQuery(portalQuery);
  const signIn = useSignIn();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Enter your e-mail address'),
      password: (value) => (value === '' ? 'Enter your password' : null),
    },
  });
  const products = portal.data?.products ?? [];
  const product =
    products.find((one) => one.product === search.product) ??
    (products.length === 1 ? products[0] : undefined);

  const enter = async ({ email, password }: { email: string; password: string }) => {
    await signIn.mutateAsync({ email: email.trim(), password, product: product?.product });
    form.reset();
    await navigate({ to: localPath(search.next) ?? '/', replace: true });
  };
  const submit = form.onSubmit((values) => {
    enter(values).catch(shownAlready);
  });
  return (
    <Door
      title={product === undefined ? 'Sign in' : `Sign in to ${product.title}`}
      about="Manage the API keys of your account."
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={signInError(signIn.error)} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
