import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { productQuery } from '@/api/queries.ts';
import { MembersPanel } from '@/features/members/MembersPanel.tsx';
import { PlanPanel } from '@/features/members/PlanPanel.tsx';
import { RenameDialog } from '@/features/members/RenameDialog.tsx';
import { useWorkspace } from '@/features/members/workspace.ts';
import { Empty, Page, Panel } from '@/ui/Page.tsx';

const TITLE = 'Members & plan';

/** What an owner looks after: who is in the workspace, all of their keys, and its plan. */
export function MembersPage() {
  const { data: product } = useSuspenseQuery(productQuery);
  const mine = useWorkspace();
  const [isRenaming, setIsRenaming] = useState(false);
  if (mine?.role !== 'owner') {
    return <NotYours workspace={mine?.workspace.name} />;
  }
  const { workspace } = mine;
  return (
    <Page
      title={TITLE}
      trail={workspace.name}
      about="Everybody in the workspace with the keys they made, and what the plan includes."
      actions={
        <Button variant="default" onClick={() => setIsRenaming(true)}>
          Rename the workspace
        </Button>
      }
    >
      <MembersPanel product={product} workspace={workspace} key={workspace.id} />
      <PlanPanel product={product} workspace={workspace} />
      <RenameDialog
        workspace={workspace}
        opened={isRenaming}
        onClose={() => setIsRenaming(false)}
      />
    </Page>
  );
}

function NotYours({ workspace }: { workspace: string | undefined }) {
  return (
    <Page title={TITLE} trail={workspace}>
      <Panel>
        <Empty icon="ban" title="Only owners see this page">
          {workspace === undefined
            ? 'You are in no workspace.'
            : `An owner of ${workspace} can show you what is here, or make you an owner.`}
        </Empty>
      </Panel>
    </Page>
  );
}
