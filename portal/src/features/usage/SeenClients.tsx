import type { KeyUsage } from '@/api/types.ts';
import styles from '@/features/usage/Usage.module.css';
import { LOCALE } from '@/lib/locale.ts';
import { Panel } from '@/ui/Page.tsx';
import { When } from '@/ui/When.tsx';

/** What used the key, and from where: the owner sees at once what does not belong there. */
export function SeenClients({ clients }: { clients: KeyUsage['clients'] }) {
  const number = new Intl.NumberFormat(LOCALE);
  return (
    <Panel title="Clients seen">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Table of the clients seen">
        <table className={`${styles.table} ${styles.cards}`}>
          <caption>As they name themselves; addresses are shown by their network</caption>
          <thead>
            <tr>
              <th scope="col">Client</th>
              <th scope="col">Network</th>
              <th scope="col">First seen</th>
              <th scope="col">Last seen</th>
              <th scope="col" className={styles.number}>
                Requests
              </th>
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <tr key={`${client.client} ${client.address}`}>
                <th scope="row">
                  {client.client === null ? (
                    'Without a name'
                  ) : (
                    <span className={styles.machine}>{client.client}</span>
                  )}
                </th>
                <td data-label="Network">
                  <span className={styles.machine}>{client.address}</span>
                </td>
                <td data-label="First seen">
                  <When at={client.first_seen_at} />
                </td>
                <td data-label="Last seen">
                  <When at={client.last_seen_at} />
                </td>
                <td className={styles.number} data-label="Requests">
                  {number.format(client.requests)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
