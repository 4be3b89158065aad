import styles from '@/ui/CodeBlock.module.css';
import { CopyButton } from '@/ui/CopyButton.tsx';

interface Props {
  text: string;
  /** What it is, for the copy button's name. */
  what: string;
  wrapped?: boolean;
}

/** Text for a machine: from left to right in every language, and copied as it stands. */
export function CodeBlock({ text, what, wrapped }: Props) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard */}
      <pre className={`${styles.code} ${wrapped ? styles.wrapped : ''}`} tabIndex={0} dir="ltr">
        <code>{text}</code>
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} what={what} />
      </div>
    </div>
  );
}
