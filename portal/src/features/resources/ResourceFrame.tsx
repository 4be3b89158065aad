import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { resourcesQuery } from '@/api/queries.ts';
import type { Product, Resource } from '@/api/types.ts';
import { keysLiveInResources, keysTitle, resourceNoun } from '@/app/navigation.ts';
import styles from '@/features/resources/Resources.module.css';
import { capitalised, plural } from '@/lib/words.ts';
import { CopyButton } from '@/ui/CopyButton.tsx';
import { Page } from '@/ui/Page.tsx';
import { When } from '@/ui/When.tsx';

interface Props {
  product: Product;
  resource: Resource;
  about: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The dashboard of one resource: what it is, and where keys live in it the tabs of its pages. */
export function ResourceFrame({ product, resource, about, actions, children }: Props) {
  const { data: near } = useSuspenseQuery(resourcesQuery);
  const noun = resourceNoun(product, near) ?? resource.kind;
  return (
    <Page
      title={resource.name}
      trail={
        <Link className={styles.back} to="/resources">
          {capitalised(plural(noun))}
        </Link>
      }
      about={about}
      actions={actions}
    >
      <dl className={styles.facts}>
        <div className={styles.fact}>
          <dt>{capitalised(noun)} ID</dt>
          <dd>
            <code className={styles.id}>{resource.id}</code>
            <CopyButton text={resource.id} what={`${noun} ID`} />
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>Created</dt>
          <dd>
            <When at={resource.created_at} />
          </dd>
        </div>
      </dl>
      {keysLiveInResources(product) && <Tabs product={product} resource={resource} noun={noun} />}
      {children}
    </Page>
  );
}

interface TabsProps {
  product: Product;
  resource: Resource;
  noun: string;
}

/** Tabs that are pages with addresses of their own, and so are links. */
function Tabs({ product, resource, noun }: TabsProps) {
  const params = { resource: resource.id };
  return (
    <nav className={styles.tabs} aria-label={`Pages of this ${noun}`}>
      <Link
        className={styles.tab}
        to="/resources/$resource"
        params={params}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Overview
      </Link>
      <Link
        className={styles.tab}
        to="/resources/$resource/keys"
        params={params}
        activeOptions={{ includeSearch: false }}
      >
        {keysTitle(product)}
      </Link>
    </nav>
  );
}
