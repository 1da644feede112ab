/**
 * @generated SignedSource<<3e06501d95025bf829e9fce7be6c75df>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type Cadence = "ALL_TIME" | "DAILY" | "MONTHLY" | "WEEKLY";
export type boardsRowQuery$variables = {
  cadence?: Cadence | null | undefined;
  game: string;
  player: string;
  slug: string;
};
export type boardsRowQuery$data = {
  readonly leaderboard: {
    readonly id: string;
    readonly standing: {
      readonly id: string;
      readonly rank: number;
      readonly score: number;
    } | null | undefined;
  } | null | undefined;
};
export type boardsRowQuery = {
  response: boardsRowQuery$data;
  variables: boardsRowQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "cadence"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "game"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "player"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "slug"
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v5 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "game",
        "variableName": "game"
      },
      {
        "kind": "Variable",
        "name": "slug",
        "variableName": "slug"
      }
    ],
    "concreteType": "Leaderboard",
    "kind": "LinkedField",
    "name": "leaderboard",
    "plural": false,
    "selections": [
      (v4/*:: as any*/),
      {
        "alias": null,
        "args": [
          {
            "kind": "Variable",
            "name": "cadence",
            "variableName": "cadence"
          },
          {
            "kind": "Variable",
            "name": "player",
            "variableName": "player"
          }
        ],
        "concreteType": "Standing",
        "kind": "LinkedField",
        "name": "standing",
        "plural": false,
        "selections": [
          (v4/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "rank",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "score",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "boardsRowQuery",
    "selections": (v5/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v3/*:: as any*/),
      (v0/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "boardsRowQuery",
    "selections": (v5/*:: as any*/)
  },
  "params": {
    "cacheID": "bb48ecc653e2c8a026edfe87011e2b34",
    "id": null,
    "metadata": {},
    "name": "boardsRowQuery",
    "operationKind": "query",
    "text": "query boardsRowQuery(\n  $game: String!\n  $slug: String!\n  $cadence: Cadence\n  $player: ID!\n) {\n  leaderboard(game: $game, slug: $slug) {\n    id\n    standing(cadence: $cadence, player: $player) {\n      id\n      rank\n      score\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "48ab1aa99bfe0dff0d2080834a3c1e1a";

export default node;
