export { Door } from './door.js';
export type { Asked, ClientAnswer, Decision, DoorOptions, Identity } from './door.js';
export { Keyway } from './keyway.js';
export type {
  CreatedKey,
  Key,
  KeyChange,
  KeyCheck,
  KeyFilter,
  KeywayOptions,
  NewKey,
  Revocation,
  Verification,
} from './keyway.js';
export { KeywayProblem, KeywayUnavailable } from './problem.js';
export type { CallLimits, UnavailableReason } from './transport.js';
