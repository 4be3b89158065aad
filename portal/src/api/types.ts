import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type AuditEvent = Schemas['AuditEvent'];
export type CreatedKey = Schemas['CreatedKey'];
export type Key = Schemas['Key'];
export type KeyChange = Schemas['KeyChange'];
export type KeyUsage = Schemas['KeyUsage'];
export type Me = Schemas['MePerson'];
export type Member = Schemas['Member'];
export type NewKey = Schemas['NewKey'];
export type Product = Schemas['Product'];
export type Resource = Schemas['Resource'];
export type Revocation = Schemas['Revocation'];
export type Role = Schemas['Role'];
export type Workspace = Schemas['Workspace'];

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}
