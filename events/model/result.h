// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error, with the names of std::expected (C++23). [[nodiscard]], so an
// ignored failure is a compiler error.
//
//   Result<Digest> digest = parse(text);
//   if (!digest) return fail(digest.error());
//   use(*digest);
//
// Never dereference without asking: value() checks and stops the process.
#pragma once

#include "events/model/check.h"
#include "events/model/error.h"

#include <string>
#include <utility>
#include <variant>

namespace juanzong {

struct Failure {
  Error error;
};

[[nodiscard]] inline Failure fail(ErrorCode code, std::string detail = {}) {
  return Failure{Error{code, std::move(detail)}};
}
[[nodiscard]] inline Failure fail(Error error) {
  return Failure{std::move(error)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
  Result(Failure failure)                                                // NOLINT: implicit
      : state_(std::in_place_index<1>, std::move(failure.error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    check(has_value(), "Result::value() of a failure");
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    check(has_value(), "Result::value() of a failure");
    return *std::get_if<0>(&state_);
  }
  T&& value() && { return std::move(this->value()); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(this->value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const {
    check(!has_value(), "Result::error() of a value");
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

struct Done {
  bool operator==(const Done&) const = default;
};
// Result<void> is Result<Done>: `return Done{};`.
using Outcome = Result<Done>;

}  // namespace juanzong
