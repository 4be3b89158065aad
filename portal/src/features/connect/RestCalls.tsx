import { Stack, Text } from '@mantine/core';
import type { Product } from '@/api/types.ts';
import { variableOf } from '@/features/connect/target.ts';
import { CodeBlock } from '@/ui/CodeBlock.tsx';
import { Panel } from '@/ui/Page.tsx';

/** How a program of one's own calls the product, where it has a REST API beside its MCP server. */
export function RestCalls({ product }: { product: Product }) {
  const rest = product.routes.filter(
    (route) => route.kind === 'http' && route.scope_segment === null,
  );
  if (rest.length === 0 || rest.length === product.routes.length) {
    return null;
  }
  return (
    <Panel title="Or call the REST API">
      <Stack gap="sm">
        <Text size="sm">
          With the key in the variable {variableOf(product.product)}, or in its place:
        </Text>
        {rest.map((route) => (
          <CodeBlock
            key={`${route.path} ${route.methods?.join()}`}
            what="command"
            text={curl(route.methods?.[0] ?? 'GET', route.url, variableOf(product.product))}
          />
        ))}
      </Stack>
    </Panel>
  );
}

function curl(method: string, url: string, variable: string): string {
  const verb = method === 'GET' ? '' : `-X ${method} `;
  return `curl ${verb}'${url}' -H "Authorization: Bearer $${variable}"`;
}
