import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { Key, Member, Product } from '@/api/types.ts';
import { MemberKeys } from '@/features/members/MemberKeys.tsx';
import styles from '@/features/members/Members.module.css';
import { ROLE_WORDS } from '@/features/members/RoleDialog.tsx';
import type { KeyGroup } from '@/features/members/workspaceKeys.ts';
import { day } from '@/lib/time.ts';
import { count, initials } from '@/lib/words.ts';
import { Icon } from '@/ui/Icon.tsx';

interface Props {
  product: Product;
  member: Member;
  isSelf: boolean;
  group: KeyGroup;
  /** Whether all of the member's keys are known; before that none of them is counted. */
  isComplete: boolean;
  onRevoke: (key: Key) => void;
  onRole: () => void;
  onRevokeAll: () => void;
  onRemove: () => void;
}

/** One member: who it is, and the keys they made, which open below. */
export function MemberItem(props: Props) {
  const { product, member, isSelf, group, isComplete, onRevoke } = props;
  return (
    <Group
      mark={initials(member.name)}
      title={
        <>
          {member.name}
          {isSelf && <span className={styles.you}> (you)</span>}
        </>
      }
      about={member.email}
      facts={
        <>
          <span className={styles.role} data-role={member.role}>
            {ROLE_WORDS[member.role]}
          </span>
          <span className={styles.fact}>Joined {day(new Date(member.joined_at))}</span>
          <Counts group={group} isComplete={isComplete} />
        </>
      }
      actions={<Actions {...props} />}
    >
      <MemberKeys
        caption={`Keys of ${member.name}`}
        product={product}
        group={group}
        onRevoke={onRevoke}
      />
    </Group>
  );
}

/** The keys of those who have left: all of them have ended with their makers' access. */
export function FormerMembers({
  product,
  group,
  onRevoke,
}: Pick<Props, 'product' | 'group' | 'onRevoke'>) {
  return (
    <Group
      mark={<Icon name="archive" size={16} />}
      title="Former members"
      about="Keys end for good when the person who made them leaves"
      facts={<Counts group={group} isComplete />}
      actions={null}
    >
      <MemberKeys
        caption="Keys of former members"
        product={product}
        group={group}
        onRevoke={onRevoke}
      />
    </Group>
  );
}

interface GroupProps {
  mark: ReactNode;
  title: ReactNode;
  about: string;
  facts: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}

function Group({ mark, title, about, facts, actions, children }: GroupProps) {
  const [isOpen, setIsOpen] = useState(false);
  const body = useId();
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <UnstyledButton
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className={styles.chevron} data-open={isOpen}>
            <Icon name="chevron" size={16} />
          </span>
          <span className={styles.avatar} aria-hidden="true">
            {mark}
          </span>
          <span className={styles.words}>
            <span className={styles.name}>{title}</span>
            <span className={styles.about} title={about}>
              {about}
            </span>
          </span>
        </UnstyledButton>
        <div className={styles.facts}>{facts}</div>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div id={body} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </li>
  );
}

function Counts({ group, isComplete }: { group: KeyGroup; isComplete: boolean }) {
  const { active, ended } = group;
  return (
    <span className={styles.counts}>
      {isComplete ? count(active.length, 'active key') : 'Counting…'}
      {isComplete && ended.length > 0 && (
        <span className={styles.fact}> · {ended.length} ended</span>
      )}
    </span>
  );
}

function Actions({ product, member, isSelf, group, isComplete, ...on }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  // The item is gone when the dialog closes: the focus shall come back to the button before it.
  const from = (open: () => void) => () => {
    button.current?.focus();
    open();
  };
  return (
    <Menu position="bottom-end" width={230} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant="subtle"
          size="lg"
          aria-label={`Actions for ${member.name}`}
        >
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-autofocus leftSection={<Icon name="shield" />} onClick={from(on.onRole)}>
          Change role…
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="ban" />}
          color="var(--kw-bad)"
          disabled={!isComplete || group.active.length === 0}
          onClick={from(on.onRevokeAll)}
        >
          {product.portal.revoke} all keys…
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="logout" />}
          color="var(--kw-bad)"
          onClick={from(on.onRemove)}
        >
          {isSelf ? 'Leave the workspace…' : 'Remove…'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
