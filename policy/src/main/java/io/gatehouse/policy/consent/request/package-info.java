/**
 * What people may ask for about their data: to see them, to have them corrected, to take them along, to have them erased;
 * each by a day. A {@link io.gatehouse.policy.consent.request.RequestRegister} keeps the requests and says which are late;
 * a {@link io.gatehouse.policy.consent.request.PersonalDataExport} writes what there is.
 */
@NullMarked
package io.gatehouse.policy.consent.request;

import org.jspecify.annotations.NullMarked;
