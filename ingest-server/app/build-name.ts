// The name of this build. The bundler puts it in; run from the sources there is only one.
declare const __SANPING_BUILD__: string | undefined

export const buildName: string = typeof __SANPING_BUILD__ === 'undefined' ? 'source' : __SANPING_BUILD__
