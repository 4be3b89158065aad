import {
  type Client,
  directory,
  type Evidence,
  type Form,
  type System,
} from '@/features/connect/clients.ts';
import { day } from '@/lib/time.ts';

export const systemChoices: readonly { value: System; label: string }[] = directory.systems.map(
  ({ os, label }) => ({ value: os, label }),
);

/** Where the key goes, in two or three words. */
export function formLabel(form: Form): string {
  switch (form.form) {
    case 'url':
      return 'URL only';
    case 'basic':
      return 'Key ID and secret';
    case 'inline':
      return form.keeps === 'history' ? 'In the command' : 'In the file';
    case 'env':
      return { variable: 'In a variable', prompt: 'Asked for', secrets: 'In its secrets' }[
        form.keeps as 'variable' | 'prompt' | 'secrets'
      ];
  }
}

/** What that means for the key. */
export function keepsWords(client: Client, form: Form): string {
  if (form.form === 'url') {
    return 'The key is part of the address: for clients that take nothing but a URL. Addresses are written to logs and histories more often than headers are.';
  }
  switch (form.keeps) {
    case 'variable':
      return `${client.label}’s configuration names a variable; the key itself stays out of it.`;
    case 'prompt':
      return `${client.label} asks for the key when it connects; no file holds it.`;
    case 'secrets':
      return `${client.label}’s configuration names a secret; the key itself stays out of it.`;
    case 'history':
      return 'The key is part of the command, and of your shell’s history.';
    case 'file':
      return `The key stands in ${client.label}’s configuration. Do not share or commit that file.`;
  }
}

/** How sure all this is. */
export function evidenceWords(client: Client, form: Form): string {
  const read = day(new Date(`${client.checked}T12:00:00Z`));
  const words: Record<Evidence, string> = {
    documented: `As documented by ${client.label}, read on ${read}.`,
    reported: `As others report, read on ${read}; not confirmed by ${client.label}’s own documentation.`,
    unverified: `Not confirmed; looked for on ${read}.`,
  };
  const order: Evidence[] = ['documented', 'reported', 'unverified'];
  const worst = Math.max(
    order.indexOf(client.evidence),
    order.indexOf(form.evidence ?? 'documented'),
  );
  return words[order[worst] ?? 'unverified'];
}
