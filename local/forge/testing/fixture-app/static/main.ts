/** The page of the fixture app: greets in the viewer's language, and lets a test drive the real bridge. */
import { i18n, invoke, requestBitbucket, router, view } from '@forge/bridge';

Object.assign(window, { bridge: { i18n, invoke, requestBitbucket, router, view } });

async function greet(): Promise<void> {
  const translate = await i18n.createTranslationFunction();
  const greeting = document.getElementById('greeting');
  if (greeting) greeting.textContent = translate('panel.greeting');
}

void greet();
