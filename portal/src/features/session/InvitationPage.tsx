import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '@/api/problem.ts';
import { Door } from '@/features/session/Door.tsx';
import { takeInvitation } from '@/features/session/invitation.ts';
import {
  type NewPassword,
  NewPasswordFields,
  newPasswordRules,
} from '@/features/session/NewPasswordFields.tsx';
import { useAcceptInvitation, useSignIn } from '@/features/session/session.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';

/** Where an invitation's link leads: a first password, and in. */
export function InvitationPage() {
  const [invitation] = useState(takeInvitation);
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const signIn = useSignIn();
  const form = useForm<NewPassword>({
    mode: 'uncontrolled',
    initialValues: { password: '', again: '' },
    validate: newPasswordRules,
  });
  if (invitation === null) {
    return (
      <Door icon="link" title="This link is not whole" about="It should end with # and a code.">
        Open it again from the message in which you got it, or ask for a new one.
      </Door>
    );
  }
  const enter = async ({ password }: NewPassword) => {
    const { account } = await accept.mutateAsync({ invitation, password });
    await signIn.mutateAsync({ email: account.email, password, product: account.product });
    await navigate({ to: '/', replace: true });
  };
  const submit = form.onSubmit((values) => {
    enter(values).catch(shownAlready);
  });
  return (
    <Door icon="shield" title="Welcome" about="Choose a password for your account.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={invitationError(accept.error) ?? signIn.error} />
          <NewPasswordFields form={form} />
          <Button type="submit" fullWidth loading={accept.isPending || signIn.isPending}>
            Set the password and sign in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

function invitationError(error: unknown): unknown {
  return error instanceof ApiError && error.status === 401
    ? new ApiError(
        401,
        error.code,
        'This invitation was used already, has been replaced or is over. Ask for a new one.',
        error.requestId,
      )
    : error;
}
