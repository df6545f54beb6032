/** The bill of materials of a delivered model: CycloneDX 1.6 with its model card, https://cyclonedx.org/docs/1.6/json/. */
import { createHash } from 'node:crypto';
import type { FileDigest } from '../provenance/digest.ts';
import { accepted } from '../run/accepted.ts';
import type { ReportInput } from '../run/input.ts';
import { chosenIn, runReport } from '../run/run-report.ts';
import { assetComponents, datasetComponents, fileComponents, packageComponents } from './components.ts';
import { bomModelCard } from './model-card.ts';

/** @param files Of the delivery, without those that speak of it. */
export function mlBom(input: ReportInput, files: readonly FileDigest[]) {
  const run = runReport(accepted(input.log));
  const chosen = chosenIn(run);
  const datasets = datasetComponents(run);
  const packages = packageComponents(run);
  const assets = assetComponents(input);
  const delivered = fileComponents(files);
  const model = {
    'bom-ref': `model:${input.run}`,
    type: 'machine-learning-model',
    name: run.task?.name ?? input.run,
    version: input.run,
    description: chosen?.plan?.summary ?? '',
    modelCard: bomModelCard(run, input, datasets),
  };
  const components = [...datasets, ...assets, ...packages, ...delivered];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(`${input.run}\n${run.deliverable?.sha256 ?? ''}`)}`,
    version: 1,
    metadata: {
      timestamp: new Date(run.end?.at ?? run.seenAt).toISOString(),
      lifecycles: [{ phase: 'build' }],
      tools: { components: [{ type: 'application', name: 'modelwright', version: input.modelwright }] },
      component: model,
    },
    components,
    dependencies: [
      { ref: model['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'] })),
    ],
  };
}

/** The same for the same text: a document that is written again keeps its number. RFC 9562, version 8. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
