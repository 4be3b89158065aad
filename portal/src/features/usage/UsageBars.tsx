import { memo } from 'react';
import {
  type Bars,
  barsWithin,
  heightOf,
  labelled,
  niceTicks,
} from '@/features/usage/chartScale.ts';
import { RefusalPatterns } from '@/features/usage/RefusalPatterns.tsx';
import styles from '@/features/usage/UsageChart.module.css';
import {
  greatest,
  stepMark,
  type UsageBar,
  type UsageSeries,
} from '@/features/usage/usageSeries.ts';
import { LOCALE } from '@/lib/locale.ts';

export const HEIGHT = 230;
const TOP = 14;
const BOTTOM = 26;
const PLOT = HEIGHT - TOP - BOTTOM;
const ROOM_FOR_LABEL = 72;

/** Where the plot begins and ends within the drawing. */
export const LEFT = 44;
export const RIGHT = 6;

interface Props {
  id: string;
  series: UsageSeries;
  /** Of the whole drawing, in pixels. */
  width: number;
  chosen: number | null;
}

/** The drawing of a chart: axis, marks and stacked bars. What it says is said elsewhere in words. */
export const UsageBars = memo(function UsageBars({ id, series, width, chosen }: Props) {
  const plotWidth = Math.max(1, width - LEFT - RIGHT);
  const bars = barsWithin(series.bars.length, plotWidth);
  const ticks = niceTicks(greatest(series));
  const top = ticks.at(-1) ?? 1;
  const marked = labelled(series.bars.length, plotWidth, ROOM_FOR_LABEL);
  return (
    <svg
      className={styles.svg}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      <RefusalPatterns id={id} />
      <Ticks ticks={ticks} width={width} />
      <g transform={`translate(${LEFT} ${TOP})`}>
        {chosen !== null && (
          <rect
            className={styles.band}
            x={chosen * bars.pitch}
            y={-4}
            width={bars.pitch}
            height={PLOT + 4}
            rx={3}
          />
        )}
        {series.bars.map((bar, index) => (
          <Stack
            key={bar.at.getTime()}
            id={id}
            bar={bar}
            x={bars.begin(index)}
            bars={bars}
            top={top}
          />
        ))}
        <line className={styles.base} x1={0} x2={plotWidth} y1={PLOT} y2={PLOT} />
        {marked.map((index) => {
          const bar = series.bars[index];
          return (
            bar !== undefined && (
              <text
                key={bar.at.getTime()}
                className={styles.mark}
                x={Math.min((index + 0.5) * bars.pitch, plotWidth - 18)}
                y={PLOT + 18}
                textAnchor="middle"
              >
                {stepMark(bar.at, series.step)}
              </text>
            )
          );
        })}
      </g>
    </svg>
  );
});

function Ticks({ ticks, width }: { ticks: number[]; width: number }) {
  const top = ticks.at(-1) ?? 1;
  const number = new Intl.NumberFormat(LOCALE, { notation: 'compact' });
  return ticks.map((tick) => {
    const y = TOP + PLOT - (tick / top) * PLOT;
    return (
      <g key={tick}>
        {tick > 0 && <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y} y2={y} />}
        <text className={styles.mark} x={LEFT - 8} y={y + 4} textAnchor="end">
          {number.format(tick)}
        </text>
      </g>
    );
  });
}

interface StackProps {
  id: string;
  bar: UsageBar;
  x: number;
  bars: Bars;
  top: number;
}

/** Accepted requests below, refused ones on top of them. */
function Stack({ id, bar, x, bars, top }: StackProps) {
  const radius = Math.min(2, bars.width / 4);
  const parts = [bar.accepted, ...bar.byGroup].map((count) => heightOf(count, top, PLOT));
  let y = PLOT;
  return parts.map((height, part) => {
    y -= height;
    const isAccepted = part === 0;
    return (
      height > 0 && (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a bar keep their places
          key={part}
          data-part={isAccepted ? 'accepted' : 'refused'}
          className={isAccepted ? styles.accepted : styles.refused}
          fill={isAccepted ? undefined : `url(#${id}-${part - 1})`}
          x={x}
          y={y}
          width={bars.width}
          height={height}
          rx={radius}
        />
      )
    );
  });
}
