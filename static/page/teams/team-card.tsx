/** One team with its members; who may change it can rename and remove it, and add and remove people. */
import Button from '@atlaskit/button/new';
import { useRef, useState, type ReactElement, type SyntheticEvent } from 'react';
import type { PersonChoice } from '../../../src/views/reports/filter-choices';
import type { TeamReport } from '../../../src/views/reports/teams-report';
import { useLanguage } from '../../shared/language';
import { formerMembers, presentMembers, whoCanJoin } from '../../view-model/teams';
import { PeopleChoice } from './people-choice';
import { Outcome, type SaveChange, type Saving } from './saving';
import { TeamName } from './team-name';

interface TeamProps {
  readonly team: TeamReport;
  readonly people: readonly PersonChoice[];
  readonly names: ReadonlyMap<string, string>;
  /** `null` for those who may not change it. */
  readonly onSave: SaveChange | null;
}

export function TeamCard({
  team,
  people,
  names,
  saving,
  onSave,
}: TeamProps & { readonly saving: Saving }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const former = formerMembers(team, names, language);
  return (
    <section className="team" aria-label={team.name}>
      <div className="team-head">
        <h3>{team.name}</h3>
        <span className="quiet">{t('teams.people', { count: team.people })}</span>
        {!team.isShown && <span className="mark mark-warning">{t('teams.notShown')}</span>}
      </div>
      <ul className="team-members">
        {presentMembers(team, names, language).map((member) => (
          <li key={member.personId}>
            {member.name} <span className="quiet">{member.since}</span>{' '}
            {onSave !== null && (
              <button
                type="button"
                className="link"
                aria-label={t('teams.leave', { person: member.name, name: team.name })}
                onClick={() =>
                  void onSave({ kind: 'remove-member', teamId: team.teamId, personId: member.personId })
                }
              >
                {t('teams.remove')}
              </button>
            )}
          </li>
        ))}
        {team.membersElsewhere > 0 && <li>{t('teams.elsewhere', { count: team.membersElsewhere })}</li>}
      </ul>
      {former.length > 0 && (
        <p className="quiet">
          {t('teams.former', {
            members: former
              .map(({ name, since, until }) => t('teams.formerMember', { name, since, until }))
              .join('; '),
          })}
        </p>
      )}
      {onSave !== null && <TeamChanges team={team} people={people} names={names} onSave={onSave} />}
      <Outcome saving={saving} place={team.teamId} />
    </section>
  );
}

const ACTIONS = ['adding', 'renaming', 'removing'] as const;
type Action = (typeof ACTIONS)[number];

/** What each button says, and what it says to whoever does not see the team above it. */
const ACTION_TEXTS = {
  adding: ['teams.add', 'teams.addTo'],
  renaming: ['teams.rename', 'teams.renameTeam'],
  removing: ['teams.remove', 'teams.removeTeam'],
} as const;

function TeamChanges({ onSave, ...props }: TeamProps & { readonly onSave: SaveChange }): ReactElement {
  const { t } = useLanguage();
  const [doing, setDoing] = useState<Action | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const { name } = props.team;
  const done = (): void => {
    setDoing(null);
    // What was pressed is gone; the reader goes on from here.
    place.current?.focus();
  };
  return (
    <div ref={place} tabIndex={-1}>
      {doing === null && (
        <div className="team-actions">
          {ACTIONS.map((action) => {
            const [short, long] = ACTION_TEXTS[action];
            return (
              <button
                key={action}
                type="button"
                className="link"
                aria-label={t(long, { name })}
                onClick={() => setDoing(action)}
              >
                {t(short)}
              </button>
            );
          })}
        </div>
      )}
      {doing === 'adding' && <AddMembers {...props} onSave={onSave} onDone={done} />}
      {doing === 'renaming' && <Rename {...props} onSave={onSave} onDone={done} />}
      {doing === 'removing' && <Removal {...props} onSave={onSave} onDone={done} />}
    </div>
  );
}

function Removal({ team, onSave, onDone }: ChangeProps): ReactElement {
  const { t } = useLanguage();
  const { teamId, name } = team;
  const remove = (): void => {
    void onSave({ kind: 'remove', teamId }).then((isSaved) => !isSaved && onDone());
  };
  return (
    <div className="team-actions" role="group" aria-label={t('teams.removeTeam', { name })}>
      <p role="alert">{t('teams.removeQuestion', { name })}</p>
      <Button appearance="danger" onClick={remove}>
        {t('teams.removeYes')}
      </Button>
      <Button autoFocus onClick={onDone}>
        {t('teams.keep')}
      </Button>
    </div>
  );
}

interface ChangeProps {
  readonly team: TeamReport;
  readonly onSave: SaveChange;
  readonly onDone: () => void;
}

function Rename({ team, onSave, onDone }: ChangeProps): ReactElement {
  const { t } = useLanguage();
  const [name, setName] = useState(team.name);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void onSave({ kind: 'rename', teamId: team.teamId, name }).then((isSaved) => isSaved && onDone());
  };
  return (
    <form className="team-actions" onSubmit={submit}>
      <TeamName name={name} isFirst onChange={setName} />
      <Button type="submit" appearance="primary">
        {t('teams.save')}
      </Button>
      <Button onClick={onDone}>{t('teams.cancel')}</Button>
    </form>
  );
}

function AddMembers({
  team,
  people,
  names,
  onSave,
  onDone,
}: ChangeProps & Pick<TeamProps, 'people' | 'names'>): ReactElement {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const left = whoCanJoin(team, people);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void onSave({ kind: 'add-members', teamId: team.teamId, personIds: chosen }).then(
      (isSaved) => isSaved && onDone(),
    );
  };
  return (
    <form onSubmit={submit}>
      {left.length === 0 ? (
        <p>{t('teams.nobodyToAdd')}</p>
      ) : (
        <PeopleChoice people={left} names={names} chosen={chosen} onChange={setChosen} />
      )}
      <div className="team-actions">
        <Button type="submit" appearance="primary" isDisabled={chosen.length === 0}>
          {t('teams.addChosen', { count: chosen.length })}
        </Button>
        <Button onClick={onDone}>{t('teams.cancel')}</Button>
      </div>
    </form>
  );
}
