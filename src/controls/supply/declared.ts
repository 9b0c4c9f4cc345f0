import type { Evidence, ImportedPackage, ProductionPackage } from '../../model/index.ts';
import { absence, defineControl, fail, failOr, followed, passEvery, place, unknown } from '../define.ts';

/** `pyyaml`, for `yaml`; nothing where the names agree. */
const nameOf = ({ name, distributions: [first] }: ImportedPackage): string =>
  first === undefined || first === name ? '' : ` (${first})`;

const sayOf = (each: ImportedPackage): string =>
  `imports ${each.name}${nameOf(each)}, which the production install does not bring${each.because && ` (${each.because})`}`;

/** Each manifest, and the first package that the image names itself. */
const proofs = (packages: readonly ProductionPackage[]): readonly Evidence[] =>
  [...new Map(packages.toReversed().map(({ at, manifest }) => [manifest, at] as const))].map(([path, at]) =>
    path === ''
      ? place(at, 'what is imported is installed here')
      : place({ path, startLine: 1, endLine: 1 }, `${path} declares what is imported`),
  );

export default defineControl({
  id: 'supply/declared',
  title: 'Every package that production imports is declared',
  severity: 'high',
  stage: 'stable',
  asks: 'Sets the packages that reached code imports beside the manifests that the production install uses. Imports that the code is prepared to miss do not count.',
  why: 'The package is there on the desk and not in production: the start fails, or the first call that needs it.',
  remedy: 'Add the package to the manifest that production installs, with its version.',
  sources: ['CATALOG supply/declared', '12-factor II'],
  fix: 'auto',
  drill: 'clean-install',
  needs: ['importedPackage', 'productionPackage', 'manifest'],

  applies: ({ facts }) =>
    facts.all('importedPackage').some(({ optional }) => !optional) || 'it imports no package from outside',

  judge: ({ facts }) => {
    const imports = facts.all('importedPackage').filter(({ optional }) => !optional);
    if (
      !facts.has('manifest') &&
      !facts.has('productionPackage') &&
      imports.some(({ declared }) => declared === 'no')
    )
      return fail([
        absence(
          `manifest: ${imports.map(({ name }) => name).join(', ')} must be installed by hand`,
          facts.searched('manifest').filter(path => !path.includes('/')),
        ),
      ]);
    const findings = imports
      .filter(({ declared }) => declared === 'no')
      .map(each => followed(place(each.at, sayOf(each)), each.way));
    const open = imports.find(({ declared }) => declared === 'unclear');
    if (findings.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine} imports ${open.name}: ${open.because}`);
    return failOr(findings, passEvery(proofs(facts.all('productionPackage'))));
  },
});
