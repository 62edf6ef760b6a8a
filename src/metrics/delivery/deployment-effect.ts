/** Tells deployments of something new from those of a commit that production had before. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { shortHash } from './delivery-facts';
import type { EndedDeployment } from './ended-deployments';

export interface DeploymentEffect {
  /**
   * `change`: a commit that production had not had, or that is not known; `rollback`: one that came before the commit in
   * place; `redeployment`: any other again, or to a further production environment. The last two bring no change.
   */
  readonly effect: 'change' | 'redeployment' | 'rollback';
  /** When this environment had got the commit the last time before; `null` where it never had. */
  readonly previousAt: EpochSeconds | null;
}

/** What an effect is told by. */
type Placed = Pick<EndedDeployment, 'commit' | 'environmentId' | 'completedAt'>;

/** Each of the successful production deployments, which are ascending by their end, with its effect. */
export function withEffects<Known extends Placed>(
  successful: readonly Known[],
): readonly (Known & DeploymentEffect)[] {
  /** In which order production came to know the commits. */
  const order = new Map<string, number>();
  // Each production environment has a commit of its own in place: one that follows another is not rolled back.
  const environments = new Map<string | null, Environment>();
  return successful.map((each) => {
    const environment = environments.get(each.environmentId) ?? newEnvironment();
    environments.set(each.environmentId, environment);
    const before = environment.inPlace;
    const hash = each.commit === null ? null : shortHash(each.commit);
    environment.inPlace = hash;
    if (hash === null) return { ...each, effect: 'change', previousAt: null };
    const previousAt = environment.gotAt.get(hash) ?? null;
    environment.gotAt.set(hash, each.completedAt);
    const known = order.get(hash);
    if (known === undefined) {
      order.set(hash, order.size);
      return { ...each, effect: 'change', previousAt };
    }
    const isEarlier = before !== null && known < (order.get(before) ?? known);
    return { ...each, effect: isEarlier ? 'rollback' : 'redeployment', previousAt };
  });
}

interface Environment {
  inPlace: string | null;
  readonly gotAt: Map<string, EpochSeconds>;
}

function newEnvironment(): Environment {
  return { inPlace: null, gotAt: new Map() };
}
