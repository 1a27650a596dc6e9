/** The door to the language server: `cli` starts it, and knows nothing else of it. */
export { serve } from './lsp/server.ts';
