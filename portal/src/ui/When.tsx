import { exact, relative } from '@/lib/time.ts';
import { useNow } from '@/ui/useNow.ts';

/** A time as people say it; the exact one, with its zone, when pointed at. */
export function When({ at, never = 'Never' }: { at: string | null | undefined; never?: string }) {
  const now = useNow();
  if (at === null || at === undefined) {
    return <span>{never}</span>;
  }
  const date = new Date(at);
  return (
    <time dateTime={at} title={exact(date)}>
      {relative(date, now)}
    </time>
  );
}
