import { VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { barAt } from '@/features/usage/chartScale.ts';
import { Swatch } from '@/features/usage/RefusalPatterns.tsx';
import { LEFT, RIGHT, UsageBars } from '@/features/usage/UsageBars.tsx';
import styles from '@/features/usage/UsageChart.module.css';
import {
  barWords,
  stepWords,
  type UsageBar,
  type UsageSeries,
} from '@/features/usage/usageSeries.ts';
import { LOCALE } from '@/lib/locale.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';

/** Until the page has been laid out. */
const GUESSED_WIDTH = 640;

/** Requests over time. One stop of the Tab key; arrows go through the bars, which are read out. */
export function UsageChart({ series, label }: { series: UsageSeries; label: string }) {
  const id = useId();
  const announce = useAnnounce();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<number | null>(null);
  const width = measured > 0 ? measured : GUESSED_WIDTH;
  const count = series.bars.length;
  const index = chosen === null || chosen >= count ? null : chosen;
  const bar = index === null ? undefined : series.bars[index];

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    setChosen(barAt(x, count, width - LEFT - RIGHT));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chosen !== null) {
      event.stopPropagation();
      setChosen(null);
      return;
    }
    const next = barAfter(event.key, index, count);
    const found = next === null ? undefined : series.bars[next];
    if (found !== undefined) {
      event.preventDefault();
      setChosen(next);
      announce(barWords(found, series));
    }
  };
  return (
    <figure style={{ margin: 0 }}>
      <div
        ref={ref}
        className={styles.chart}
        role="application"
        aria-roledescription="chart"
        aria-label={label}
        aria-describedby={`${id}-how`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through its bars
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => setChosen(null)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
      >
        <UsageBars id={id} series={series} width={width} chosen={index} />
        {bar !== undefined && index !== null && (
          <Tip
            id={id}
            bar={bar}
            series={series}
            isLeft={index >= count / 2}
            at={index}
            width={width}
          />
        )}
      </div>
      <VisuallyHidden id={`${id}-how`}>
        Left and right arrow keys go through the {series.step}s. The same numbers stand in the
        table.
      </VisuallyHidden>
      <Legend id={id} series={series} />
    </figure>
  );
}

/** Which bar a key leads to; null for keys that mean nothing here. */
export function barAfter(key: string, from: number | null, count: number): number | null {
  const last = count - 1;
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };
  const step = steps[key];
  if (count === 0) {
    return null;
  }
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End' || (step !== undefined && from === null)) {
    return last;
  }
  return step === undefined ? null : Math.min(last, Math.max(0, (from ?? last) + step));
}

interface TipProps {
  id: string;
  bar: UsageBar;
  series: UsageSeries;
  /** Whether it stands to the left of its bar. */
  isLeft: boolean;
  at: number;
  width: number;
}

/** What the chosen bar stands for; screen readers are told by the announcer. */
function Tip({ id, bar, series, isLeft, at, width }: TipProps) {
  const pitch = (width - LEFT - RIGHT) / series.bars.length;
  const x = LEFT + pitch * (isLeft ? at : at + 1) + (isLeft ? -8 : 8);
  const number = new Intl.NumberFormat(LOCALE);
  return (
    <div
      className={styles.tip}
      aria-hidden="true"
      style={{ transform: `translateX(${x}px)${isLeft ? ' translateX(-100%)' : ''}` }}
    >
      <div className={styles.tipTime}>{stepWords(bar.at, series.step)}</div>
      <div className={styles.tipRow}>
        <Swatch id={id} group={null} />
        <span>Accepted</span>
        {number.format(bar.accepted)}
      </div>
      {series.groups.map((group, index) => {
        const refused = bar.byGroup[index] ?? 0;
        return (
          refused > 0 && (
            <div className={styles.tipRow} key={group.title}>
              <Swatch id={id} group={index} />
              <span>{group.title}</span>
              {number.format(refused)}
            </div>
          )
        );
      })}
    </div>
  );
}

function Legend({ id, series }: { id: string; series: UsageSeries }) {
  return (
    <ul className={styles.legend}>
      <li>
        <Swatch id={id} group={null} />
        Accepted
      </li>
      {series.groups.map((group, index) => (
        <li key={group.title}>
          <Swatch id={id} group={index} />
          Refused: {group.brief}
        </li>
      ))}
    </ul>
  );
}
