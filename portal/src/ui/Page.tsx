import { type ReactNode, useEffect } from 'react';
import { Icon, type IconName } from '@/ui/Icon.tsx';
import styles from '@/ui/Page.module.css';

interface PageProps {
  title: string;
  /** Where the page is: "Settings". */
  trail?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: one heading, what it is for, what can be done, and then its content. */
export function Page({ title, trail, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          {trail !== undefined && <div className={styles.trail}>{trail}</div>}
          <h1 className={styles.title}>{title}</h1>
          {about !== undefined && <p className={styles.about}>{about}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  title?: string;
  children: ReactNode;
  label?: string;
}

export function Panel({ title, label, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={label ?? title}>
      {title !== undefined && <h2 className={styles.panelTitle}>{title}</h2>}
      {children}
    </section>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Says why there is nothing here, and what to do about it. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <div className={styles.emptyMark}>
        <Icon name={icon} size={24} />
      </div>
      <h2 className={styles.emptyTitle}>{title}</h2>
      <div className={styles.emptyText}>{children}</div>
      {action}
    </div>
  );
}
