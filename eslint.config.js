import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const impureGlobals = [
  'Buffer',
  'Date',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

export default defineConfig(
  globalIgnores([
    'dist/',
    'dist-test/',
    'migrations/',
    '.homeward/',
    '.tap/',
    'web/dist/',
    // Generated from openapi/openapi.json.
    'web/src/api/schema.d.ts',
    // Another language, with a compiler of its own.
    'src/search/kernel/assembly/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Drizzle hands out a transaction where a Database is expected; it is one by shape only.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // tsc reports unused locals and parameters, with the same underscore convention.
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    rules: {
      complexity: ['error', 15],
      eqeqeq: 'error',
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // The console knows the service by its API alone.
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(\\.\\./){3}' }] }],
    },
  },
  {
    // Fastify takes an async function for a plugin or a handler, whether or not it awaits.
    files: ['src/http/**/*.ts', 'src/casework/**/*.routes.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    // Pure: no clock, no chance, no I/O. The imports are checked by dependency-cruiser.
    files: ['src/kinship/**/*.ts', 'src/search/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    // A read within bounds that the code around it keeps is `array[i]!`; rows of a database are not.
    files: ['src/{kinship,search,formats,cli}/**/*.ts', '{bench,test,fixtures}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: ['src/cli/**/*.ts', '{bench,build,fixtures,openapi}/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // tap runs the subtests of a file in turn; only these promises may float, never an assertion's.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafePromises: [
            { from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' },
          ],
        },
      ],
    },
  },
  {
    // Answers of the service are read as what came, and the assertions say what it should be.
    files: ['test/http/**/*.ts', 'test/faults/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['bin/homeward'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
