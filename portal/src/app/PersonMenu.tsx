import { Menu, UnstyledButton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Account } from '@/api/types.ts';
import styles from '@/app/Shell.module.css';
import { useSignOut } from '@/features/session/session.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { initials } from '@/lib/words.ts';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

/** Who is signed in, and the way out. */
export function PersonMenu({ account }: { account: Account }) {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const leave = async () => {
    await signOut.mutateAsync();
    await navigate({ to: '/sign-in', search: { product: account.product } });
  };
  return (
    <div className={styles.person}>
      {signOut.isError && (
        <ErrorNotice error={signOut.error} onRetry={() => leave().catch(shownAlready)} />
      )}
      <Menu position="top-start" width={220} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={styles.personButton} aria-label={`Account of ${account.name}`}>
            <span className={styles.avatar} aria-hidden="true">
              {initials(account.name)}
            </span>
            <span className={styles.personWords}>
              <strong>{account.name}</strong>
              <span className={styles.email}>{account.email}</span>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to="/account"
            leftSection={<Icon name="user" />}
            data-autofocus
          >
            Account
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="logout" />}
            onClick={() => leave().catch(shownAlready)}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
