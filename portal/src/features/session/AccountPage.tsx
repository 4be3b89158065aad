import {
  Button,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  useDirection,
  useMantineColorScheme,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '@/api/problem.ts';
import { meQuery } from '@/api/queries.ts';
import { keepDirection } from '@/features/session/direction.ts';
import { NewPasswordFields, newPasswordRules } from '@/features/session/NewPasswordFields.tsx';
import { useChangePassword } from '@/features/session/session.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Page, Panel } from '@/ui/Page.tsx';
import { hasShortcuts, keepShortcuts } from '@/ui/shortcutTaste.ts';

/** Who one is here, one's password, and how the pages look. */
export function AccountPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page title="Account" trail="Settings">
      <Panel title="You">
        <Text fw={600}>{me.account.name}</Text>
        <Text c="dimmed">{me.account.email}</Text>
      </Panel>
      <Panel title="Password">
        <PasswordForm />
      </Panel>
      <Panel title="Appearance">
        <Appearance />
      </Panel>
    </Page>
  );
}

function PasswordForm() {
  const announce = useAnnounce();
  const change = useChangePassword();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (value) => (value === '' ? 'Enter the password you have now' : null),
      ...newPasswordRules,
    },
  });
  const submit = form.onSubmit(async ({ current, password }) => {
    try {
      await change.mutateAsync({ current_password: current, password });
      form.reset();
      announce('The password is changed');
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        form.setFieldError('current', 'That is not your current password');
      }
    }
  });
  const wrong = change.error instanceof ApiError && change.error.status === 401;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={420}>
        <Text size="sm" c="dimmed">
          When it is changed, you stay signed in here and are signed out everywhere else.
        </Text>
        {!wrong && <ErrorNotice error={change.error} />}
        {change.isSuccess && (
          <Text size="sm" role="status">
            The password is changed.
          </Text>
        )}
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          key={form.key('current')}
          {...form.getInputProps('current')}
        />
        <NewPasswordFields form={form} />
        <div>
          <Button type="submit" loading={change.isPending}>
            Change the password
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { dir, setDirection } = useDirection();
  return (
    <Stack gap="md" align="flex-start">
      <div>
        <Text size="sm" fw={500} mb={6} id="scheme">
          Colours
        </Text>
        <SegmentedControl
          aria-labelledby="scheme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
          data={[
            { value: 'auto', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </div>
      <div>
        <Text size="sm" fw={500} mb={6} id="direction">
          Layout
        </Text>
        <SegmentedControl
          aria-labelledby="direction"
          value={dir}
          onChange={(value) => {
            const direction = value === 'rtl' ? 'rtl' : 'ltr';
            setDirection(direction);
            keepDirection(direction);
          }}
          data={[
            { value: 'ltr', label: 'Left to right' },
            { value: 'rtl', label: 'Right to left' },
          ]}
        />
      </div>
      <Shortcuts />
    </Stack>
  );
}

function Shortcuts() {
  const [wish, setWish] = useState(hasShortcuts() ? 'on' : 'off');
  return (
    <div>
      <Text size="sm" fw={500} mb={6} id="shortcuts">
        Keyboard shortcuts: n, / and ?
      </Text>
      <SegmentedControl
        aria-labelledby="shortcuts"
        value={wish}
        onChange={(value) => {
          const next = value === 'off' ? 'off' : 'on';
          keepShortcuts(next);
          setWish(next);
        }}
        data={[
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off' },
        ]}
      />
    </div>
  );
}
