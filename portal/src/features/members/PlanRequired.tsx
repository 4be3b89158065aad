import type { Product, Workspace } from '@/api/types.ts';
import { capitalised } from '@/lib/words.ts';
import { WarningNotice } from '@/ui/Notice.tsx';

export function hasApiAccess(product: Product, workspace: Workspace): boolean {
  return (
    product.plans.length === 0 ||
    product.plans.some((plan) => plan.plan === workspace.plan && plan.api)
  );
}

/** Says which plans have the API, where this one has not; keys wait for the day it has. */
export function PlanRequired({ product, workspace }: { product: Product; workspace: Workspace }) {
  const plans = product.plans.filter((plan) => plan.api).map((plan) => capitalised(plan.plan));
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(plans);
  return (
    <WarningNotice spaced title={`API access needs the plan ${list}`}>
      {workspace.name} is on {capitalised(workspace.plan ?? 'no plan')}. Keys that exist are refused
      until the plan changes; they need not be made anew then.
    </WarningNotice>
  );
}
