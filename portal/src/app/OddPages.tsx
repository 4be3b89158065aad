import { Anchor, Button, Loader } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { ApiError, isCode, UNREACHABLE } from '@/api/problem.ts';
import { Door } from '@/features/session/Door.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Empty, Page } from '@/ui/Page.tsx';

export function LoadingPage() {
  return (
    <div style={{ display: 'grid', placeItems: 'center', minHeight: '60dvh' }}>
      <Loader aria-label="Loading" />
    </div>
  );
}

export function NotFoundPage() {
  return (
    <Door icon="search" title="There is no such page" about="The address may be mistyped or old.">
      <Anchor component={Link} to="/">
        To your keys
      </Anchor>
    </Door>
  );
}

/** What stands where a page could not be shown: not found, not allowed, or not now. */
export function FailurePage({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Page title="Not found">
        <Empty
          icon="search"
          title="There is nothing here for you"
          action={
            <Button
              variant="default"
              onClick={() => {
                reset();
                router.navigate({ to: '/', search: { workspace: undefined } });
              }}
            >
              To your keys
            </Button>
          }
        >
          It may have been removed, or it belongs to somebody else.
        </Empty>
      </Page>
    );
  }
  if (isCode(error, 'forbidden')) {
    return (
      <Page title="Not allowed">
        <Empty icon="ban" title="You may not see this">
          Ask an owner of the workspace; they can see it or let you.
        </Empty>
      </Page>
    );
  }
  const offline = isCode(error, UNREACHABLE, 'unavailable', 'cannot_verify');
  return (
    <Page title={offline ? 'No answer' : 'Something went wrong'}>
      <ErrorNotice
        error={error}
        onRetry={() => {
          reset();
          router.invalidate();
        }}
      />
    </Page>
  );
}
