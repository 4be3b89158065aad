import styles from '@/features/usage/UsageChart.module.css';

const SIZE = 6;

/** The looks of refusals, by the place of their group; for the `defs` of a drawing. */
export function RefusalPatterns({ id }: { id: string }) {
  return (
    <defs>
      <Pattern id={`${id}-0`} turned>
        <path className={styles.ink} strokeWidth={2.2} d="M0 3H6" />
      </Pattern>
      <Pattern id={`${id}-1`}>
        <circle className={styles.dot} cx={3} cy={3} r={1.2} />
      </Pattern>
      <Pattern id={`${id}-2`}>
        <path className={styles.ink} strokeWidth={1} d="M0 3H6M3 0V6" />
      </Pattern>
      <Pattern id={`${id}-3`}>{null}</Pattern>
    </defs>
  );
}

function Pattern({
  id,
  turned,
  children,
}: {
  id: string;
  turned?: boolean;
  children: React.ReactNode;
}) {
  return (
    <pattern
      id={id}
      width={SIZE}
      height={SIZE}
      patternUnits="userSpaceOnUse"
      patternTransform={turned ? 'rotate(45)' : undefined}
    >
      <rect className={styles.soft} width={SIZE} height={SIZE} />
      {children}
    </pattern>
  );
}

/** A small piece of what a group, or accepted requests (null), look like in the chart. */
export function Swatch({ id, group }: { id: string; group: number | null }) {
  return (
    <svg width={14} height={14} aria-hidden="true" focusable="false">
      {group === null ? (
        <rect className={styles.accepted} x={1} y={1} width={12} height={12} rx={3} />
      ) : (
        <rect
          className={styles.refused}
          fill={`url(#${id}-${group})`}
          x={1}
          y={1}
          width={12}
          height={12}
          rx={3}
        />
      )}
    </svg>
  );
}
