import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules'] },
  ...tseslint.configs.strict,
  { rules: { 'no-console': 'error' } },
  { files: ['test/**/*.mjs'], rules: { 'no-console': 'off' } },
);
