package dev.keyway.server.api;

import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.Right;
import dev.keyway.server.http.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/operator-keys}: creates an operator key and shows its secret, once. */
final class CreateOperatorKeyHandler implements Operation {
  private final CreateOperatorKey createOperatorKey;

  CreateOperatorKeyHandler(CreateOperatorKey createOperatorKey) {
    this.createOperatorKey = createOperatorKey;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    NewOperatorKey created =
        createOperatorKey.execute(
            call.caller(),
            new CreateOperatorKey.Command(
                body.name,
                rights(body.rights),
                body.products == null ? Set.of() : Set.copyOf(body.products)));
    return Answer.created(
        new JsonObject()
            .put("operator_key", TenancyJson.of(created.key()))
            .put("secret", created.secret().reveal()));
  }

  private static Set<Right> rights(@Nullable List<String> texts) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String text : texts == null ? List.<String>of() : texts) {
      rights.add(Fields.oneOf(Right.class, "rights", text));
    }
    return rights;
  }

  private record Body(
      @Nullable String name, @Nullable List<String> rights, @Nullable List<String> products) {}
}
