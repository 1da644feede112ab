import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { schema } from './src/schema/index.ts';

/** Writes schema.graphql, which clients read, and the types of the documents that the tests send. */
const config: CodegenConfig = {
  schema: printSchema(schema),
  documents: ['test/**/*.ts', '!test/generated/**', '!test/clients/**'],
  generates: {
    'schema.graphql': { plugins: ['schema-ast'] },
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { SafeInt: 'number', DateTime: 'string', JSON: 'unknown' },
      },
    },
  },
  importExtension: '.ts',
  silent: true,
};

export default config;
