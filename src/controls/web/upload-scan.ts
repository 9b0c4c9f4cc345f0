import { defineControl, failOr, onProductionPath, openBecause, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'web/upload-scan',
  title: 'Uploads pass a malware scanner before others get them',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks, for each upload that is kept, whether a scanner sees it (ClamAV or a service).',
  why: 'The service hands on what one user brought in, and the others trust it because it comes from there.',
  remedy: 'Send each upload to a scanner and keep it aside until the answer is there.',
  sources: ['CATALOG web/upload-scan', 'OWASP File Upload Cheat Sheet'],
  fix: 'scaffold',
  drill: 'eicar-upload',
  needs: ['upload'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('upload')).some(({ kept }) => kept !== 'no') || 'it keeps no uploads',

  judge: ({ facts }) => {
    const kept = onProductionPath(facts.all('upload')).filter(upload => upload.kept !== 'no');
    return failOr(
      kept
        .filter(({ checks }) => checks.scan.done === 'no')
        .map(({ at, handler }) => place(at, `${handler} keeps a file that no scanner has seen`)),
      openBecause(kept, ({ checks }) => checks.scan.done) ??
        passEvery(
          kept.map(({ at, handler, checks }) => place(checks.scan.at ?? at, `${handler} has it scanned`)),
        ),
    );
  },
});
