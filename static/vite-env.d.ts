/** Types of what Vite adds to imports. */
declare module 'virtual:tokens.css';
declare module '*.css';
