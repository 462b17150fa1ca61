import { ISSUE_MESSAGES } from '../../../../gis/geometry/issue-messages.ts';

/** Bad geometry is refused under the code of its first issue; the sentences are the ones that the core and the client use. */
export const geometryProblems = Object.fromEntries(
  Object.entries(ISSUE_MESSAGES).map(([code, { en, zh }]) => [code, { status: 422, en, zh }]),
);
