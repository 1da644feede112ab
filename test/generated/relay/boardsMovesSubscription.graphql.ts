/**
 * @generated SignedSource<<13d7d359f63ae7b495aed6b3831a68e5>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type Cadence = "ALL_TIME" | "DAILY" | "MONTHLY" | "WEEKLY";
export type MoveKind = "DOWN" | "ENTERED" | "LEFT" | "SCORED" | "UP";
export type boardsMovesSubscription$variables = {
  cadence?: Cadence | null | undefined;
  first: number;
  game: string;
  slug: string;
};
export type boardsMovesSubscription$data = {
  readonly leaderboardChanged: {
    readonly moves: ReadonlyArray<{
      readonly fromRank: number | null | undefined;
      readonly fromScore: number | null | undefined;
      readonly kind: MoveKind;
      readonly player: {
        readonly id: string;
      };
      readonly toRank: number | null | undefined;
      readonly toScore: number | null | undefined;
    }>;
    readonly revision: number;
    readonly snapshot: boolean;
    readonly standings: ReadonlyArray<{
      readonly id: string;
      readonly player: {
        readonly id: string;
        readonly nickname: string;
      };
      readonly rank: number;
      readonly score: number;
    }>;
  };
};
export type boardsMovesSubscription = {
  response: boardsMovesSubscription$data;
  variables: boardsMovesSubscription$variables;
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
  "name": "first"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "game"
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
        "name": "cadence",
        "variableName": "cadence"
      },
      {
        "kind": "Variable",
        "name": "game",
        "variableName": "game"
      },
      {
        "kind": "Variable",
        "name": "slug",
        "variableName": "slug"
      },
      {
        "kind": "Variable",
        "name": "top",
        "variableName": "first"
      }
    ],
    "concreteType": "LeaderboardChange",
    "kind": "LinkedField",
    "name": "leaderboardChanged",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "revision",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "snapshot",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Standing",
        "kind": "LinkedField",
        "name": "standings",
        "plural": true,
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
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Player",
            "kind": "LinkedField",
            "name": "player",
            "plural": false,
            "selections": [
              (v4/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "nickname",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "RankMove",
        "kind": "LinkedField",
        "name": "moves",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "kind",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "fromRank",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "toRank",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "fromScore",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "toScore",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Player",
            "kind": "LinkedField",
            "name": "player",
            "plural": false,
            "selections": [
              (v4/*:: as any*/)
            ],
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
    "name": "boardsMovesSubscription",
    "selections": (v5/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "boardsMovesSubscription",
    "selections": (v5/*:: as any*/)
  },
  "params": {
    "cacheID": "b6b3c3e143d644e40306d2c67eb440ce",
    "id": null,
    "metadata": {},
    "name": "boardsMovesSubscription",
    "operationKind": "subscription",
    "text": "subscription boardsMovesSubscription(\n  $game: String!\n  $slug: String!\n  $cadence: Cadence\n  $first: Int!\n) {\n  leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $first) {\n    revision\n    snapshot\n    standings {\n      id\n      rank\n      score\n      player {\n        id\n        nickname\n      }\n    }\n    moves {\n      kind\n      fromRank\n      toRank\n      fromScore\n      toScore\n      player {\n        id\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "eda7aa75697ef73db8504556d3efc338";

export default node;
