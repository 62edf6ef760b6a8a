/** The choices of what to take away, and what becomes of the one that was pressed. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { failureOf, type Failure } from '../../api';
import { useLanguage } from '../../shared/language';
import { useViewer } from '../../shared/viewer';
import type { PageAddress } from '../../view-model/page-address';
import { documentFile, figuresFile, pullRequestsFile, summaryText, viewLink, type TakenFile } from './loads';
import { copyText, saveFile } from './save-file';

const CHOICES = ['figures', 'pullRequests', 'document', 'link', 'summary'] as const;
type Choice = (typeof CHOICES)[number];

const TEXTS = {
  figures: ['takeAway.figures', 'takeAway.figuresAbout'],
  pullRequests: ['takeAway.pullRequests', 'takeAway.pullRequestsAbout'],
  document: ['takeAway.document', 'takeAway.documentAbout'],
  link: ['takeAway.link', 'takeAway.linkAbout'],
  summary: ['takeAway.summary', 'takeAway.summaryAbout'],
} as const;

type Taking =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'working'; readonly progress: { readonly read: number; readonly all: number } | null }
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'copied' }
  | { readonly kind: 'shown'; readonly text: string }
  | { readonly kind: 'no-address' }
  | { readonly kind: 'failed'; readonly choice: Choice; readonly cause: Failure };

export function TakeAwayChoices(address: PageAddress): ReactElement {
  const { t } = useLanguage();
  const [taking, take] = useTaking(address);
  return (
    <div className="take-away-choices">
      <ul>
        {CHOICES.map((choice) => {
          const [name, about] = TEXTS[choice];
          return (
            <li key={choice}>
              <button
                type="button"
                className="link"
                disabled={taking.kind === 'working'}
                onClick={() => take(choice)}
              >
                {t(name)}
              </button>
              <span className="quiet">{t(about)}</span>
            </li>
          );
        })}
      </ul>
      <Outcome taking={taking} onRetry={take} />
    </div>
  );
}

/** How far it is, and a function that begins; nothing is told any more of a view that was left. */
function useTaking(address: PageAddress): readonly [Taking, (choice: Choice) => void] {
  const language = useLanguage();
  const { workspaceUuid, address: ownAddress } = useViewer();
  const [taking, setTaking] = useState<Taking>({ kind: 'nothing' });
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const tell = (next: Taking): void => {
    if (isShown.current) setTaking(next);
  };
  const onProgress = (read: number, all: number): void => tell({ kind: 'working', progress: { read, all } });

  const save = async (file: Promise<TakenFile>): Promise<Taking> => {
    const taken = await file;
    if (isShown.current) saveFile(taken);
    return { kind: 'saved', file: taken.name };
  };
  const copy = async (text: string): Promise<Taking> =>
    (await copyText(text)) ? { kind: 'copied' } : { kind: 'shown', text };
  const outcomeOf = async (choice: Choice): Promise<Taking> => {
    switch (choice) {
      case 'figures':
        return save(figuresFile(address, language));
      case 'pullRequests':
        return save(pullRequestsFile(address.query, onProgress));
      case 'document':
        return save(documentFile(address.query, workspaceUuid, onProgress));
      case 'link': {
        const link = await viewLink(address, ownAddress);
        return link === null ? { kind: 'no-address' } : copy(link);
      }
      case 'summary':
        return copy(await summaryText(address, ownAddress, language));
    }
  };
  const take = (choice: Choice): void => {
    tell({ kind: 'working', progress: null });
    outcomeOf(choice)
      .then(tell)
      .catch((error: unknown) => tell({ kind: 'failed', choice, cause: failureOf(error) }));
  };
  return [taking, take];
}

function Outcome({
  taking,
  onRetry,
}: {
  readonly taking: Taking;
  readonly onRetry: (choice: Choice) => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <>
      <div role="status">
        {taking.kind === 'working' && <Working progress={taking.progress} />}
        {taking.kind === 'saved' && <p>{t('takeAway.saved', { file: taking.file })}</p>}
        {taking.kind === 'copied' && <p>{t('takeAway.copied')}</p>}
        {taking.kind === 'shown' && <p>{t('takeAway.notCopied')}</p>}
        {taking.kind === 'no-address' && <p>{t('takeAway.noAddress')}</p>}
      </div>
      {taking.kind === 'shown' && <SelectedText text={taking.text} />}
      {taking.kind === 'failed' && (
        <p role="alert">
          {t(`failure.${taking.cause}`)}{' '}
          <button type="button" className="link" onClick={() => onRetry(taking.choice)}>
            {t('trouble.tryAgain')}
          </button>
        </p>
      )}
    </>
  );
}

function Working({
  progress,
}: {
  readonly progress: { readonly read: number; readonly all: number } | null;
}): ReactElement {
  const { t } = useLanguage();
  if (progress === null) return <p>{t('takeAway.working')}</p>;
  const text = t('takeAway.progress', progress);
  return (
    <p>
      {text} <progress aria-label={text} max={Math.max(1, progress.all)} value={progress.read} />
    </p>
  );
}

/** A text of several lines keeps its height; the reader has only to press the keys for copying. */
function SelectedText({ text }: { readonly text: string }): ReactElement {
  const { t } = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [text]);
  return (
    <textarea
      ref={field}
      className="take-away-text"
      aria-label={t('takeAway.text')}
      readOnly
      rows={Math.min(16, text.split('\n').length + 2)}
      value={text}
    />
  );
}
