import { saysOfCommand, type PipelineAction, type PipelineCommand } from '../../model/index.ts';
import { defineControl, fail, lowered, pass, place } from '../define.ts';
import { noStep } from '../pipeline-steps.ts';

const ACTION =
  /codeql|trivy|snyk|anchore|grype|pip-audit|semgrep|dependency-review|osv-scanner|gitleaks|trufflehog|sonar|scout|checkov|bandit|zizmor|dependency-check|Security\/|Jobs\/(SAST|Dependency|Container|Secret)/i;
const PROGRAM =
  /^(pip-audit|safety|bandit|trivy|grype|snyk|semgrep|osv-scanner|gitleaks|trufflehog|detect-secrets|checkov|tfsec|kics|hadolint|retire|audit-ci|better-npm-audit|govulncheck|sonar-scanner|zizmor)$/;

const scans = ({ words }: PipelineCommand): boolean =>
  PROGRAM.test(words[0]?.split('/').at(-1) ?? '') ||
  (/^(npm|yarn|pnpm|cargo|composer|uv)$/.test(words[0] ?? '') && words.includes('audit')) ||
  /^docker scout\b/.test(words.join(' ')) ||
  (words[0] === 'ruff' && words.some(word => /(^|=|,)S(\d|,|$)/.test(word)));

export default defineControl({
  id: 'ci/scan',
  title: 'The pipeline scans packages, image or code for known weaknesses',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for a scanner of packages, images, secrets or code among the commands and ready-made steps.',
  why: 'Holes in packages become known every week; without a scan the first to look for them is an attacker.',
  remedy: 'Add pip-audit or npm audit, a scan of the image (Trivy, Grype), or CodeQL to the pipeline.',
  sources: ['CATALOG ci/scan', 'OWASP ASVS 4.0.3 V14.2.1', 'OpenSSF Scorecard: SAST, Vulnerabilities'],
  fix: 'auto',
  drill: 'none',
  needs: ['pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: ({ facts }) => facts.all('pipeline').length > 0 || 'there is no pipeline',

  judge: ({ facts }) => {
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const own = commands.filter(scans);
    const used = actions.filter(({ uses }: PipelineAction) => ACTION.test(uses));
    const evidence = [
      ...own
        .filter(({ heeded }) => heeded !== 'no')
        .map(each => place(each.at, `scans: ${saysOfCommand(each)}`)),
      ...used.filter(({ heeded }) => heeded !== 'no').map(({ at, uses }) => place(at, `scans with ${uses}`)),
    ];
    if (evidence.length > 0) return pass(evidence);
    const ignored = [
      ...own.map(each =>
        place(each.at, `${saysOfCommand(each)}: ${each.because || 'its findings are passed over'}`),
      ),
      ...used.map(({ at, uses }) => place(at, `${uses}: its findings are passed over`)),
    ];
    if (ignored.length > 0)
      return fail(ignored.map(each => lowered(each, 'its findings can be read in the log')));
    return noStep(facts, 'step of the pipeline that scans for known weaknesses');
  },
});
