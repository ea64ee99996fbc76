package io.gatehouse.policy;

import io.gatehouse.core.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void policyHoldsTheRulesOfTheHouse() {
        HouseRules.hold("policy");
    }
}
