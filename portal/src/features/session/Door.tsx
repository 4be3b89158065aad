import { type ReactNode, useEffect } from 'react';
import styles from '@/features/session/Door.module.css';
import { Icon, type IconName } from '@/ui/Icon.tsx';

interface Props {
  icon?: IconName;
  title: string;
  about?: ReactNode;
  children: ReactNode;
}

/** A page for those who are not signed in. */
export function Door({ icon = 'key', title, about, children }: Props) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <div className={styles.mark}>
          <Icon name={icon} size={22} />
        </div>
        <h1 className={styles.title}>{title}</h1>
        {about !== undefined && <p className={styles.about}>{about}</p>}
        {children}
      </div>
    </main>
  );
}
