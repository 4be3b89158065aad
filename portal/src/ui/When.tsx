import { exact, relative } from '@/lib/time.ts';
import { useNow } from '@/ui/useNow.ts';

interface Props {
  at: string | null | undefined;
  never?: string;
  /** Whether it is still to come; what has happened is never "in a minute", whatever the clocks say. */
  ahead?: boolean;
}

/** A time as people say it; the exact one, with its zone, when pointed at. */
export function When({ at, never = 'Never', ahead }: Props) {
  const clock = useNow();
  if (at === null || at === undefined) {
    return <span>{never}</span>;
  }
  const date = new Date(at);
  const now = ahead === true || clock > date ? clock : date;
  return (
    <time dateTime={at} title={exact(date)}>
      {relative(date, now)}
    </time>
  );
}
