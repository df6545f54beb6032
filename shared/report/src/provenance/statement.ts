/**
 * Where the files of a delivery come from, as an in-toto statement with the predicate of SLSA.
 *
 * Statement v1: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 * Provenance v1: https://slsa.dev/spec/v1.0/provenance
 *
 * The statement is not signed: who can write the files can write it too. Signed (`cosign attest-blob` and the like) it
 * binds them to a key.
 */
import { sha256 } from '@modelwright/contracts';
import { z } from 'zod';
import { accepted } from '../run/accepted.ts';
import type { ReportInput } from '../run/input.ts';
import { fetchedIn } from '../run/measured.ts';
import { type RunReport, runReport } from '../run/run-report.ts';
import type { FileDigest } from './digest.ts';

/** Its name in a folder of results. */
export const PROVENANCE_FILE = 'provenance.json';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1';
/** What the parameters of a run mean. Ours are described in docs/reports.md. */
const BUILD_TYPE = 'modelwright:run/v1';

const resource = z.looseObject({
  name: z.string().optional(),
  uri: z.string().optional(),
  digest: z.record(z.string(), z.string()).optional(),
});

export const statement = z.looseObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.looseObject({ name: z.string(), digest: z.looseObject({ sha256 }) })).min(1),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.looseObject({
    buildDefinition: z.looseObject({
      buildType: z.string(),
      externalParameters: z.record(z.string(), z.unknown()),
      internalParameters: z.record(z.string(), z.unknown()).optional(),
      resolvedDependencies: z.array(resource).optional(),
    }),
    runDetails: z.looseObject({
      builder: z.looseObject({ id: z.string(), version: z.record(z.string(), z.string()).optional() }),
      metadata: z
        .looseObject({
          invocationId: z.string().optional(),
          startedOn: z.string().optional(),
          finishedOn: z.string().optional(),
        })
        .optional(),
    }),
  }),
});
export type Statement = z.infer<typeof statement>;

export function provenanceStatement(input: ReportInput, files: readonly FileDigest[]): Statement {
  const run = runReport(accepted(input.log));
  const { submitted, data, isolation, winner } = run;
  return {
    _type: STATEMENT_TYPE,
    subject: files.map(({ path, sha256: digest }) => ({ name: path, digest: { sha256: digest } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: {
          task: submitted?.task ?? null,
          budget: submitted?.budget ?? null,
          seed: submitted?.seed ?? null,
          player: submitted?.player ?? null,
        },
        internalParameters: {
          task: run.task,
          split: data?.split ?? null,
          candidate: winner?.candidate ?? null,
          isolation,
        },
        resolvedDependencies: dependencies(run, input),
      },
      runDetails: {
        builder: { id: 'modelwright:builder', version: { modelwright: input.modelwright } },
        metadata: {
          invocationId: input.run,
          ...(run.startedAt === null ? {} : { startedOn: iso(run.startedAt) }),
          ...(run.end === null ? {} : { finishedOn: iso(run.end.at) }),
        },
      },
    },
  };
}

/** All that the model was made from, as far as it is addressed by content. */
function dependencies({ submitted, data, candidates, winner }: RunReport, { outcomes }: ReportInput) {
  const trees = [
    ['source', submitted?.source ?? null],
    ...Object.entries(data?.datasets ?? {}).map(([name, tree]) => [`dataset ${name}`, tree] as const),
    ['truth', data?.truth ?? null],
    ['data card', data?.card ?? null],
  ] as const;
  const version = candidates.find(({ id }) => id === winner?.candidate)?.version ?? null;
  const { assets, environments } = fetchedIn(outcomes);
  return [
    ...trees.flatMap(([name, tree]) =>
      tree === null ? [] : [{ name, uri: `modelwright:${tree.store}`, digest: { sha256: tree.sha256 } }],
    ),
    ...(version === null
      ? []
      : [
          {
            name: 'code of the candidate',
            uri: 'modelwright:workspaces',
            digest: { gitCommit: version.commit, sha256: version.bundle.sha256 },
          },
        ]),
    ...environments.map((sha) => ({
      name: 'environment',
      uri: 'modelwright:environment',
      digest: { sha256: sha },
    })),
    ...assets.map((asset) => ({
      name: `asset ${asset.name}`,
      uri: asset.source,
      digest: { sha256: asset.sha256 },
    })),
  ];
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
