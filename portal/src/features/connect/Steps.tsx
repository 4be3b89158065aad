import { Text } from '@mantine/core';
import type { Rendered } from '@/features/connect/render.ts';
import styles from '@/features/connect/Steps.module.css';
import { CodeBlock } from '@/ui/CodeBlock.tsx';

interface Props {
  title: string;
  /** The one to offer, open. */
  first: Rendered | undefined;
  /** Others that lead to the same end, folded. */
  others: readonly Rendered[];
  /** Steps that are all done, one after the other. */
  always?: readonly Rendered[];
  /** What is copied, for the name of the button. */
  what: string;
  note?: string;
}

export function Steps({ title, first, others, always = [], what, note }: Props) {
  return (
    <section className={styles.steps}>
      <h3 className={styles.title}>{title}</h3>
      {note !== undefined && <Text size="sm">{note}</Text>}
      {first !== undefined && <StepBody step={first} what={what} />}
      {always.map((step) => (
        <StepBody key={step.title} step={step} what={what} />
      ))}
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>{others.length === 1 ? 'Another way' : 'Other ways'}</summary>
          {others.map((step) => (
            <StepBody key={step.title} step={step} what={what} />
          ))}
        </details>
      )}
    </section>
  );
}

function StepBody({ step, what }: { step: Rendered; what: string }) {
  return (
    <div className={styles.step}>
      <div className={styles.words}>
        {step.title}
        {step.evidence === 'unverified' && <span className={styles.doubt}> (not confirmed)</span>}
      </div>
      {step.path !== undefined && (
        <code className={styles.path} dir="ltr">
          {step.path}
        </code>
      )}
      {step.text !== undefined && (
        <CodeBlock text={step.text} what={what} wrapped={step.path === undefined} />
      )}
    </div>
  );
}
