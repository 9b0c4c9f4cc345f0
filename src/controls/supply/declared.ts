import type { ImportedPackage } from '../../model/index.ts';
import { absence, defineControl, fail, failOr, followed, openBecause, passEvery, place } from '../define.ts';

/** `pyyaml`, for `yaml`; nothing where the names agree. */
const nameOf = ({ name, distributions: [first] }: ImportedPackage): string =>
  first === undefined || first === name ? '' : ` (${first})`;

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
      .map(each =>
        followed(
          place(each.at, `imports ${each.name}${nameOf(each)}, which the production install does not bring`),
          each.way,
        ),
      );
    return failOr(
      findings,
      openBecause(imports, ({ declared }) => declared) ??
        passEvery(
          facts.all('manifest').map(({ at, path }) => place(at, `${path} declares what is imported`)),
        ),
    );
  },
});
