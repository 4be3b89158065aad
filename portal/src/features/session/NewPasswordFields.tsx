import { PasswordInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';

export const MIN_PASSWORD_LENGTH = 12;

export interface NewPassword {
  password: string;
  again: string;
}

/** The rules of the server, said before it has to. */
export const newPasswordRules = {
  password: (value: string) =>
    value.length < MIN_PASSWORD_LENGTH
      ? `A password has at least ${MIN_PASSWORD_LENGTH} characters`
      : null,
  again: (value: string, values: NewPassword) =>
    value === values.password ? null : 'The two passwords differ',
};

export function NewPasswordFields<T extends NewPassword>({ form }: { form: UseFormReturnType<T> }) {
  const toggle = { 'aria-label': 'Show the password' };
  return (
    <>
      <PasswordInput
        label="New password"
        description={`At least ${MIN_PASSWORD_LENGTH} characters; a few random words are easy to keep in mind`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={toggle}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={toggle}
        key={form.key('again')}
        {...form.getInputProps('again')}
      />
    </>
  );
}
