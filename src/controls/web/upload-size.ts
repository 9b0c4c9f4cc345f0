import { known } from '../../model/index.ts';
import { defineControl, failOr, onProductionPath, openBecause, pass, place } from '../define.ts';

export default defineControl({
  id: 'web/upload-size',
  title: 'Uploads have a size beyond which they are refused',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks, where files are uploaded, for a limit of the size: of the app, of the proxy in front, or in the handler.',
  why: 'One endless upload fills the disk or the memory, and the service stands still for everybody.',
  remedy:
    'Set the limit of the framework or of the proxy for request bodies, or count while reading and stop.',
  sources: ['CATALOG web/upload-size', 'OWASP ASVS 5.0 V5.2', 'CWE-400'],
  fix: 'auto',
  drill: 'oversize-upload',
  needs: ['upload', 'bodyLimit'],

  applies: ({ facts }) => onProductionPath(facts.all('upload')).length > 0 || 'it accepts no uploads',

  judge: ({ facts }) => {
    const limits = facts
      .all('bodyLimit')
      .filter(({ reached, covers, bytes }) => reached === 'yes' && covers === 'app' && known(bytes) !== 0);
    if (limits.length > 0)
      return pass(
        limits.map(({ at, name, bytes }) =>
          place(at, `${name} limits bodies${bytes.state === 'unclear' ? '' : ` to ${bytes.value} bytes`}`),
        ),
      );
    const uploads = onProductionPath(facts.all('upload'));
    const findings = uploads
      .filter(({ checks }) => checks.size.done === 'no')
      .map(({ at, handler }) => place(at, `${handler} takes files of any size`));
    return failOr(
      findings,
      openBecause(uploads, ({ checks }) => checks.size.done) ??
        pass(
          uploads.map(({ at, handler, checks }) =>
            place(checks.size.at ?? at, `${handler} looks at the size`),
          ),
        ),
    );
  },
});
