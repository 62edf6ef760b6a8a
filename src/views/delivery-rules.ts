/** Tells by which rules figures of delivery were made. */
import type { TagPush } from '../metrics/delivery/delivery-facts';
import type { DeliverySettings, DeploymentSourceKind } from '../metrics/delivery/delivery-settings';
import { firstTagAt } from '../metrics/delivery/tagged-deployments';
import type { DeliveryRules } from './reports/delivery-rules';

/** Whether Bitbucket's deployments tell anything under these settings. */
export function areDeploymentsAsked({ deploymentSource }: DeliverySettings): boolean {
  return deploymentSource === 'automatic' || deploymentSource === 'pipeline';
}

/** The rules of figures for which `source` turned out to count. */
export function deliveryRules(
  source: DeploymentSourceKind,
  settings: DeliverySettings,
  tags: readonly TagPush[],
): DeliveryRules {
  const isOfTags = source === 'tag';
  return {
    source,
    isSourceChosen: settings.deploymentSource !== 'automatic',
    tagPattern: isOfTags ? settings.tagPattern : null,
    tagsSince: isOfTags ? firstTagAt(tags) : null,
    environmentTypes: settings.productionEnvironmentTypes,
    furtherEnvironments: settings.productionEnvironmentIds.length,
    isPushRepair: settings.remediationKinds.includes('direct-push'),
    failureWindowSeconds: settings.failureWindowSeconds,
    failureScope: settings.failureScope,
  };
}
