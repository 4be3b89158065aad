/** For a failure that the mutation itself keeps and its component shows. */
export function shownAlready(): void {}
