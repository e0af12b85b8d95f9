package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretCallsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String secrets() {
    return bench.json("SELECT secrets FROM secrets() WHERE type_name = 'SMTP Creds'");
  }

  @Test
  void namesAreShownAndContentsAreNot() {
    bench.value("secret_add(name='post', type='SMTP Creds', secret=dict(password='p'))");
    assertThat(secrets())
        .isEqualTo(
            "{\"secrets\":[{\"name\":\"post\",\"type_name\":\"SMTP Creds\",\"description\":\"\","
                + "\"encrypted_secret\":null,\"secret\":{},\"users\":[],\"orgs\":[],"
                + "\"visible_to_all_orgs\":false}]}");
  }

  @Test
  void usersComeAndGo() {
    bench.value("secret_add(name='post', type='SMTP Creds', secret=dict(password='p'))");
    bench.value(
        "secret_modify(name='post', type='SMTP Creds', add_users=['a', 'b'],"
            + " visible_to_all_orgs=TRUE)");
    bench.value("secret_modify(name='post', type='SMTP Creds', remove_users='a')");
    assertThat(secrets()).contains("\"users\":[\"b\"]", "\"visible_to_all_orgs\":true");
    bench.value("secret_modify(name='post', type='SMTP Creds', delete=TRUE)");
    assertThat(secrets()).isEqualTo("{\"secrets\":[]}");
  }

  @Test
  void whatIsNotThereCannotBeChanged() {
    assertThat(bench.value("secret_modify(name='x', type='SMTP Creds', add_users='a')"))
        .isEqualTo("null");
    bench.value("secret_add(name='x', type='Shopping', secret=dict(a=1))");
    assertThat(bench.log)
        .contains("secret_modify: Secret Not Found", "secret_add: Secret type not known: Shopping");
  }
}
