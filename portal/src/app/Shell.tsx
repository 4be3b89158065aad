import { ActionIcon } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { meQuery, productQuery, resourcesQuery } from '@/api/queries.ts';
import { navigation } from '@/app/navigation.ts';
import { PersonMenu } from '@/app/PersonMenu.tsx';
import styles from '@/app/Shell.module.css';
import { WorkspaceSwitch } from '@/features/members/WorkspaceSwitch.tsx';
import { Icon } from '@/ui/Icon.tsx';

/** What stands around every page: where one is, where one can go, who one is. */
export function Shell() {
  const { data: product } = useSuspenseQuery(productQuery);
  const [open, setOpen] = useState(false);
  const main = useFocusAfterNavigation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when one has gone somewhere
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <header className={styles.top}>
        <ActionIcon
          variant="subtle"
          size="xl"
          aria-label="Menu"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <Icon name="menu" />
        </ActionIcon>
        <Brand title={product.title} />
      </header>
      <button
        type="button"
        className={styles.veil}
        data-open={open}
        aria-label="Close the menu"
        onClick={() => setOpen(false)}
      />
      <Side open={open} onEscape={() => setOpen(false)} />
      <main id="content" className={styles.main} tabIndex={-1} ref={main}>
        <Outlet />
      </main>
    </div>
  );
}

function Brand({ title }: { title: string }) {
  return (
    <div className={styles.brand}>
      <span className={styles.brandMark}>
        <Icon name="key" />
      </span>
      <span className={styles.brandName} title={title}>
        {title}
      </span>
    </div>
  );
}

function Side({ open, onEscape }: { open: boolean; onEscape: () => void }) {
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: resources } = useSuspenseQuery(resourcesQuery);
  return (
    <aside
      aria-label="Product and account"
      className={styles.side}
      id="navigation"
      data-open={open}
      onKeyDown={(event) => event.key === 'Escape' && onEscape()}
    >
      <Brand title={product.title} />
      <WorkspaceSwitch />
      <nav className={styles.nav} aria-label="Pages">
        {navigation(product, me, resources).map((section) => (
          <div key={section.title ?? 'work'}>
            {section.title !== null && <h2 className={styles.sectionTitle}>{section.title}</h2>}
            <ul className={styles.list}>
              {section.items.map((item) => (
                <li key={item.to}>
                  <Link className={styles.link} to={item.to} activeOptions={{ exact: false }}>
                    <Icon name={item.icon} />
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <PersonMenu account={me.account} />
    </aside>
  );
}

/** Moves the focus to a new page's content, as a whole new page would. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) {
      last.current = path;
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }, [path]);
  return main;
}
