import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  /** What to type, and why. */
  label: string;
  expected: string;
  onMatch: (matches: boolean) => void;
}

/** A moment's thought before something that many would notice: one types what it is about. */
export function TypeToConfirm({ label, expected, onMatch }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <TextInput
      label={label}
      description={expected}
      autoComplete="off"
      data-1p-ignore
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onMatch(event.currentTarget.value.trim() === expected.trim());
      }}
    />
  );
}
