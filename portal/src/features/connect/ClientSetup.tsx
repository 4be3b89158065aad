import { Anchor, Button, Text } from '@mantine/core';
import { Choice } from '@/features/connect/Choice.tsx';
import styles from '@/features/connect/ClientSetup.module.css';
import { type Client, directory, type Form, type System } from '@/features/connect/clients.ts';
import {
  evidenceWords,
  formLabel,
  keepsWords,
  systemChoices,
} from '@/features/connect/connectWords.ts';
import {
  type Rendered,
  renderLinks,
  renderVariable,
  renderVerify,
  renderWays,
  type Target,
} from '@/features/connect/render.ts';
import { Steps } from '@/features/connect/Steps.tsx';

interface Props {
  client: Client;
  forms: readonly Form[];
  form: Form;
  os: System;
  target: Target;
  /** The key itself, while it is shown once; it fills the form that holds a key and nothing else. */
  secret?: string;
  keyId?: string;
  onForm: (form: Form) => void;
  onSystem: (os: System) => void;
}

const PUT_YOUR_KEY = `Put the key that you saved where it says ${directory.key_placeholder}.`;

/** All that one does in a client to connect it. */
export function ClientSetup(props: Props) {
  const { client, forms, form, os, target, secret, keyId } = props;
  const holdsKey = form.form !== 'env';
  const filled = holdsKey ? { ...target, key: secret, keyId } : target;
  const variable = renderVariable(client, form, os, target);
  const [way, ...otherWays] = renderWays(client, form, os, filled);
  const links = form.form === 'env' || form.form === 'inline' ? renderLinks(client, target) : [];
  const needsTheirKey = holdsKey && secret === undefined;
  return (
    <div className={styles.setup}>
      <div className={styles.toggles}>
        {forms.length > 1 && (
          <Choice
            label="Where the key goes"
            value={form.form}
            options={forms.map((one) => ({ value: one.form, label: formLabel(one) }))}
            onChange={(value) => props.onForm(forms.find((one) => one.form === value) ?? form)}
          />
        )}
        <Choice
          label="Your system"
          value={os}
          options={systemChoices}
          onChange={(value) => props.onSystem(value)}
        />
      </div>
      <Text size="sm" c="dimmed">
        {keepsWords(client, form)}
      </Text>
      {variable.length > 0 && (
        <Steps
          title={`Set ${target.variable} to your key, once`}
          first={variable[0]}
          others={variable.slice(1)}
          what="setting"
          note={variable.some(asksForKey) ? PUT_YOUR_KEY : undefined}
        />
      )}
      {links.length > 0 && (
        <section className={styles.links} aria-label={`Open ${client.label}`}>
          {links.map((link) => (
            <Button key={link.label} component="a" href={link.href} variant="default">
              {link.label}
            </Button>
          ))}
          <Text size="sm" c="dimmed">
            The link opens {client.label} with the server filled in. It holds a placeholder, never
            your key.
          </Text>
        </section>
      )}
      <Steps
        title={wayTitle(client, links.length > 0)}
        first={way}
        others={otherWays}
        what="configuration"
        note={
          needsTheirKey
            ? PUT_YOUR_KEY
            : secret !== undefined && holdsKey
              ? 'This text holds your key. Treat it as you treat the key.'
              : undefined
        }
      />
      <Steps
        title="See that it is connected"
        first={undefined}
        others={[]}
        always={renderVerify(client, form, os, target)}
        what="command"
      />
      {client.notes.length > 0 && (
        <ul className={styles.notes}>
          {client.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className={styles.source}>
        <span>{evidenceWords(client, form)}</span>
        <Anchor href={client.docs} target="_blank" rel="noreferrer noopener" size="sm">
          {client.label}’s documentation
        </Anchor>
      </div>
    </div>
  );
}

function wayTitle(client: Client, hasLinks: boolean): string {
  if (hasLinks) {
    return 'Or by hand';
  }
  // What calls any route keeps no list of servers.
  return client.routes === undefined ? `Add the server to ${client.label}` : `Use ${client.label}`;
}

function asksForKey({ text }: Rendered): boolean {
  return text?.includes(directory.key_placeholder) ?? false;
}
