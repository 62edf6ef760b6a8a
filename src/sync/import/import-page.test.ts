import { importPage } from './import-page';

it('reads a page that was kept before branches’ words were', () => {
  const nobody = { id: null, isBot: false };
  const row = {
    id: 7,
    state: 'OPEN',
    draft: false,
    author: nobody,
    createdAt: 0,
    updatedOn: '2026-10-01T09:00:00.000000+00:00',
    closedBy: nobody,
    mergeCommit: null,
    branchKind: 'hotfix',
    sourceCommit: null,
    targetCommit: null,
    targetBranch: 'main',
    fromFork: false,
    participants: [],
    reviewers: [],
  };
  expect(importPage.parse({ kind: 'list', readAt: 0, rows: [row] })).toMatchObject({
    rows: [{ branchKind: 'hotfix', branchWords: [] }],
  });
});
