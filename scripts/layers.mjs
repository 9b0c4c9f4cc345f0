import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.mjs';

/** Checks that imports run one way, and that the check itself still sees the code. */
const { output } = await cruise(
  ['src', 'test', 'web'],
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  undefined,
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const { summary } = output;
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (summary.totalCruised === 0 || summary.totalDependenciesCruised === 0) {
  console.error('No module was looked at: the layer check does not work with this compiler.');
  process.exitCode = 1;
} else if (summary.error > 0) process.exitCode = 1;
else
  console.log(
    `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports: all run one way`,
  );
