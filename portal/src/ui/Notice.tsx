import { Alert, Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError, messageOf } from '@/api/problem.ts';
import { Icon } from '@/ui/Icon.tsx';

/** What went wrong, what to do, and by which id the operator finds it in the logs. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === null || error === undefined) {
    return null;
  }
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
      <Text size="sm">{messageOf(error)}</Text>
      {requestId !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          Request {requestId}
        </Text>
      )}
      {onRetry !== undefined && (
        <Button variant="default" size="xs" mt="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

interface WarningProps {
  title?: string;
  /** Whether the page goes on below it. */
  spaced?: boolean;
  children: ReactNode;
}

export function WarningNotice({ title, spaced, children }: WarningProps) {
  return (
    <Alert
      mb={spaced ? 'md' : undefined}
      color="yellow"
      variant="light"
      icon={<Icon name="alert" />}
      title={title}
    >
      {children}
    </Alert>
  );
}
