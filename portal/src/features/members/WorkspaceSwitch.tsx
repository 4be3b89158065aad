import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import styles from '@/app/Shell.module.css';
import { useWorkspace, useWorkspaces } from '@/features/members/workspace.ts';

/** Which workspace one looks at; nothing where there is no choice. */
export function WorkspaceSwitch() {
  const navigate = useNavigate();
  const all = useWorkspaces();
  const current = useWorkspace();
  if (all.length < 2 || current === undefined) {
    return null;
  }
  return (
    <div className={styles.workspaces}>
      <NativeSelect
        label="Workspace"
        size="sm"
        value={current.workspace.id}
        onChange={(event) => {
          const workspace = event.currentTarget.value;
          navigate({ to: '.', search: (before) => ({ ...before, workspace }) });
        }}
        data={all.map(({ workspace }) => ({ value: workspace.id, label: workspace.name }))}
      />
    </div>
  );
}
